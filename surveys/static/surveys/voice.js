// Moves the code from the fragment of the address, which no server sees, into its field.
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var code = window.location.hash.slice(1);
  var field = document.querySelector('input[name="code"]');
  if (!field || !/^[0-9a-f]{32}$/.test(code)) return;
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
});
