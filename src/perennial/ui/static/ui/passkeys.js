// Says in words when a passkey was not used; allauth's scripts only tell it by an event.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("passkey-fault");
  if (notice) {
    event.preventDefault();
    notice.hidden = false;
  }
});
