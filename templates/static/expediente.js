// Comfort for those whose browser runs scripts. Every page does its work without it.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = document.body.dataset;

// "/" goes to the search, or to the page's filter.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("input[type=search]") ?? document.querySelector(".filters input:not([type=hidden])");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Open pop-ups close with Escape and with a click elsewhere.
const popups = $$("details.more, details.asof");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const popup of popups.filter((p) => p.open)) {
    popup.open = false;
    popup.querySelector("summary").focus();
  }
});
addEventListener("click", (event) => {
  for (const popup of popups) if (popup.open && !popup.contains(event.target)) popup.open = false;
});

// A setup code travels after the # of the address, which browsers never send; it leaves the
// address bar and the history at once.
const codes = $$("input[data-from-hash]");
if (codes.length && location.hash.length > 1) {
  for (const code of codes) code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
}

// Leaving a page with unsaved text asks first.
let unsaved = false;
addEventListener("input", (event) => {
  if (event.target.matches("form[method=post] textarea, form[method=post] input[type=file], .form input")) unsaved = true;
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// A form is sent once: a second press while it is under way does nothing. Where the answer is a
// file to keep, the page stays, so a form may be sent again after a while. One with files shows how
// far the upload has come.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  unsaved = false;
  if (!$$("input[type=file]", form).some((input) => input.files.length)) return setTimeout(() => delete form.dataset.sent, 5000);
  event.preventDefault();
  upload(form, event.submitter);
});
addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A file field names what was chosen, with its size, and takes what is dropped on it.
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(lang, { style: "percent" });
function weight(bytes) {
  const unit = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 4);
  return number.format(bytes / 1000 ** unit) + "\u00a0" + ["B", "kB", "MB", "GB", "TB"][unit];
}
addEventListener("change", (event) => {
  const list = event.target.matches("input[type=file]") && event.target.closest(".drop")?.querySelector(".chosen");
  list && list.replaceChildren(...[...event.target.files].map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} · ${weight(file.size)}`;
    return item;
  }));
});
for (const type of ["dragover", "dragleave", "drop"]) {
  addEventListener(type, (event) => {
    const drop = event.target.closest?.(".drop");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", type === "dragover");
    if (type !== "drop" || !event.dataTransfer.files.length) return;
    const input = drop.querySelector("input");
    input.files = event.dataTransfer.files;
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  });
}

// upload sends a form and goes where the answer leads; a refused form comes back into the page.
function upload(form, button) {
  const bar = document.createElement("progress");
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  form.append(bar, text);
  const data = new FormData(form, button);
  const request = new XMLHttpRequest();
  const failed = () => {
    bar.remove();
    text.textContent = words.uploadFailed;
    delete form.dataset.sent;
    unsaved = true;
  };
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    bar.value = event.loaded / event.total;
    text.textContent = event.loaded < event.total ? words.uploading.replace("%", percent.format(bar.value)) : words.uploaded;
  };
  request.onload = () => {
    if (request.status < 400) return location.assign(request.responseURL);
    const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (request.status >= 500 || !main) return failed();
    document.querySelector("main").replaceWith(main);
    (main.querySelector(".problems") ?? main).focus();
  };
  request.onerror = request.onabort = failed;
  request.open("POST", form.action);
  request.send(data);
}

// After a refusal the list of what to correct takes the cursor.
document.querySelector(".problems")?.focus();
