// What a company puts on its page. The calls wait in a list until the widget has loaded.
const { user } = document.currentScript.dataset
window.parley = window.parley || []
if (user) {
  parley.push(['identify', { token: () => fetch('/chat-user').then((answer) => (answer.ok ? answer.text() : null)) }])
}
// Who signs out, or in as somebody else, leaves no chat behind on this browser.
document.querySelector('form').addEventListener('submit', () => user && parley.push(['shutdown']))
