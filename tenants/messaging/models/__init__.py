from tenants.messaging.models.notification import Delivery, LoginCode, Notification
from tenants.messaging.models.preference import Preference

__all__ = ["Delivery", "LoginCode", "Notification", "Preference"]
