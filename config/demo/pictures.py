"""Pictures of people and of finished work, drawn: nobody's real face is in the demo."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SKIN = ("#f1c7a5", "#e0a87e", "#c68653", "#a86a3d", "#8d5524")
HAIR = ("#2b1d14", "#4a2f1d", "#1a1a1a", "#6b3f22", "#8a8a86")
SHIRT = ("#17624b", "#1d4e89", "#b3541e", "#7a4988", "#a3293d", "#3f7461")
GROUND = ("#e0ede6", "#fdeccd", "#e2eef7", "#fce6e2", "#efe6f5")


def portrait(name: str) -> SimpleUploadedFile:
    """Draw somebody, always the same way for the same name."""
    chance = random.Random(name)
    size = 480
    image = Image.new("RGB", (size, size), chance.choice(GROUND))
    draw = ImageDraw.Draw(image)
    skin, hair = chance.choice(SKIN), chance.choice(HAIR)
    long_hair = chance.random() < 0.5
    if long_hair:
        draw.rounded_rectangle((140, 110, 340, 380), radius=100, fill=hair)
    draw.ellipse((70, 350, 410, 640), fill=chance.choice(SHIRT))
    draw.rounded_rectangle((205, 290, 275, 380), radius=30, fill=skin)
    draw.ellipse((155, 110, 325, 325), fill=skin)
    draw.pieslice((150, 95, 330, 300), 180, 360, fill=hair)
    for x in (205, 275):
        draw.ellipse((x - 9, 215, x + 9, 235), fill="#2a211b")
    draw.arc((200, 225, 280, 285), 25, 155, fill="#8c3b2e", width=7)
    return _jpeg(image, "portrait.jpg")


def finished_work(seed: str) -> SimpleUploadedFile:
    """Draw a tidy room with a plant: what a photo at check-out may show."""
    chance = random.Random(seed)
    image = Image.new("RGB", (800, 600), chance.choice(GROUND))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 800, 600), fill=chance.choice(("#d8c3a5", "#c9b18c", "#bfa27a")))
    draw.rectangle((90, 80, 330, 330), fill="#dff1fb", outline="#ffffff", width=14)
    draw.line((210, 80, 210, 330), fill="#ffffff", width=10)
    draw.rounded_rectangle((400, 300, 730, 470), radius=30, fill=chance.choice(SHIRT))
    draw.rounded_rectangle((420, 250, 710, 340), radius=24, fill=chance.choice(SHIRT))
    draw.polygon(((330, 440), (390, 440), (380, 520), (340, 520)), fill="#a4572f")
    for lean in (-46, -22, 0, 22, 46):
        draw.ellipse((345 + lean, 320, 375 + lean, 445), fill="#3f7f4f")
    return _jpeg(image, "room.jpg")


def document(side: str) -> SimpleUploadedFile:
    """Draw one side of a specimen document."""
    image = Image.new("RGB", (860, 540), "#e9f0ea")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((20, 20, 840, 520), radius=30, outline="#5f7f6a", width=6)
    draw.rectangle((60, 120, 300, 430), fill="#c8d6cc")
    for row in range(6):
        draw.rectangle((340, 130 + row * 50, 780 - row * 35, 150 + row * 50), fill="#9fb5a6")
    draw.text((60, 60), f"SPECIMEN / {side}", fill="#5f7f6a")
    return _jpeg(image, f"{side}.jpg")


def _jpeg(image: Image.Image, name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")
