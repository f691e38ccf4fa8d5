// What pages gain with a script. Each works without it.

// A passkey: the form asks the server for a challenge, lets the browser answer it, and sends the answer.
const field = (form, name) => form.elements.namedItem(name);

const post = async (path, fields) => {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "error" });
  const json = await answer.json();
  // What stands in the way, in the language of the page.
  if (json.error) throw Object.assign(new Error(json.error), { isTold: true });
  return json;
};

const passkey = async (form) => {
  const registers = form.dataset.passkey === "create";
  for (const input of form.querySelectorAll("[data-from]")) input.value = document.getElementById(input.dataset.from).value;
  const { challenge, options } = await post(`${form.getAttribute("action")}/ask`, new FormData(form));
  const credential = registers
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  field(form, "challenge").value = challenge;
  field(form, "response").value = JSON.stringify(credential.toJSON());
};

const canPasskey =
  window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential?.parseRequestOptionsFromJSON;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!canPasskey) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (field(form, "response").value) return;
    event.preventDefault();
    const status = form.querySelector("[role=status]");
    status.textContent = "";
    try {
      await passkey(form);
      form.submit();
    } catch (error) {
      status.textContent = error.isTold ? error.message : status.dataset.failed;
    }
  });
}

// A choice that redraws its page at once. Without a script its button does.
// The control keeps the focus on the page that comes.
const FOCUS = "focus";
const sameControl = (form, { name, value }) =>
  [...form.elements].find((control) => control.name === name && (control.type !== "checkbox" || control.value === value));
for (const form of document.querySelectorAll("form[data-auto]")) {
  const kept = JSON.parse(sessionStorage.getItem(FOCUS) ?? "null");
  if (kept?.action === form.action) {
    sessionStorage.removeItem(FOCUS);
    sameControl(form, kept)?.focus();
  }
  form.addEventListener("change", ({ target: { name, value } }) => {
    sessionStorage.setItem(FOCUS, JSON.stringify({ action: form.action, name, value }));
    form.requestSubmit();
  });
}

// Copies the text of another element.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      status.textContent = status.dataset.done;
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}

// Print buttons exist only where a script can print.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The theme of a page that is at no address changes in it: going elsewhere would lose what it says.
for (const form of document.querySelectorAll("form[data-here]")) {
  form.hidden = false;
  const themes = ["device", "dark", "light"];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const input = field(form, "theme");
    const theme = input.value;
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (theme === "device") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    input.value = themes[(themes.indexOf(theme) + 1) % themes.length];
  });
}

// A session that ends soon if nothing is done: two minutes before, a warning says so, and a press goes on. What was
// typed in the page stays.
const warning = document.querySelector("[data-ends]");
if (warning) {
  const text = warning.querySelector("template").content;
  let timer;
  const wait = () => {
    warning.hidden = true;
    warning.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(() => {
      warning.hidden = false;
      warning.append(text.cloneNode(true));
      warning.querySelector("button").addEventListener("click", async () => {
        const answer = await fetch("/stay", { redirect: "manual" });
        if (answer.status === 204) wait();
        else location.reload();
      });
    }, Math.max(0, (Number(warning.dataset.ends) - 120) * 1000));
  };
  wait();
}

// The files that were chosen: their names stand in the form, and the button that sends them is in sight.
const filesOf = (form) => [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);

for (const list of document.querySelectorAll("[data-files]")) {
  const form = list.closest("form");
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    list.replaceChildren(
      ...filesOf(form).map((file) => {
        const [line, name, state] = ["li", "bdi", "span"].map((tag) => document.createElement(tag));
        name.textContent = file.name;
        line.append(name, state);
        return line;
      }),
    );
    list.parentElement.hidden = !list.hasChildNodes();
    if (list.hasChildNodes()) form.querySelector("button[type=submit]").scrollIntoView({ block: "center" });
  });
}

// An upload under way: its steps, as the server tells them. The form is sent as ever; only its address says how to ask.
for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", (event) => {
    const random = crypto.getRandomValues(new Uint8Array(16));
    const name = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const by = event.submitter?.hasAttribute("formaction") ? event.submitter : null;
    const to = new URL(by ? by.formAction : form.action);
    to.searchParams.set("progress", name);
    if (by) by.formAction = to;
    else form.action = to;
    const panel = form.querySelector("[data-steps]");
    const [bar, status] = [panel.querySelector("progress"), panel.querySelector("[role=status]")];
    const steps = [...panel.querySelectorAll("[data-step]")];
    const list = form.querySelector("[data-files]");
    const states = [...list.querySelectorAll("li > span")];
    const tell = (state, id) => {
      state.textContent = list.dataset[id];
      state.parentElement.className = id;
    };
    for (const state of states) tell(state, "waiting");
    panel.hidden = false;
    const told = new EventSource(`/add/progress/${name}`);
    told.onerror = () => told.close();
    told.onmessage = ({ data }) => {
      const { step, done, of, file, ended } = JSON.parse(data);
      const at = steps.findIndex((one) => one.dataset.step === step);
      steps.forEach((one, index) => {
        one.classList.toggle("done", at < 0 || index < at);
        if (index === at) one.setAttribute("aria-current", "step");
        else one.removeAttribute("aria-current");
      });
      if (of > 0) bar.value = Math.min(1000, Math.round((done * 1000) / of));
      else bar.removeAttribute("value");
      ended.forEach((id, index) => states[index] && tell(states[index], id));
      if (step !== "done" && states[file - 1]) tell(states[file - 1], step);
      const shown = Math.min(file, Math.max(1, states.length));
      const words = states.length > 1 ? `${status.dataset.file} ${shown} / ${states.length}` : `${status.dataset.file} ${shown}`;
      if (status.textContent !== words) status.textContent = words;
      if (step === "done") told.close();
    };
  });
}

// The choice of a consent: as it changes, the server counts what would be given and says which rows. Only these parts
// of the page change: a trial stays. Without a script, a button asks for the whole page.
const counted = (form, button) =>
  new Promise((resolve, reject) => {
    // A document that the browser reads itself: no text is made into markup here.
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.onload = () => (request.status === 200 && request.response?.querySelector("form[data-live]") ? resolve(request.response) : reject(new Error(request.status)));
    request.onerror = () => reject(new Error("no answer"));
    request.send(new URLSearchParams(new FormData(form, button)));
  });

for (const form of document.querySelectorAll("form[data-live]")) {
  let [asked, isPlain] = [0, false];
  const recount = form.querySelector("[data-recount]");
  const decide = recount.closest("aside");
  const count = async (button) => {
    asked += 1;
    const own = asked;
    decide.setAttribute("aria-busy", "true");
    try {
      const page = await counted(form, button);
      // A later choice has asked again.
      if (own !== asked) return;
      for (const part of form.querySelectorAll("[data-part]")) {
        const name = `[data-part="${part.dataset.part}"]`;
        // What the person is typing or ticking in stays as it is, unless they turn its page.
        if (part.contains(document.activeElement) && !part.contains(button)) continue;
        const fresh = page.querySelector(name);
        if (!fresh || fresh.isEqualNode(part)) continue;
        const turned = button && part.contains(button);
        part.replaceChildren(...fresh.childNodes);
        if (turned) (part.querySelector(`[data-turn="${button.dataset.turn}"]:enabled`) ?? part.querySelector("[data-turn]:enabled"))?.focus();
      }
      recount.hidden = true;
    } catch {
      // What stands in the way is told by the whole page.
      recount.hidden = false;
      if (!button) return;
      isPlain = true;
      form.requestSubmit(button);
    } finally {
      if (own === asked) decide.removeAttribute("aria-busy");
    }
  };
  recount.hidden = true;
  form.addEventListener("change", ({ target }) => {
    // Nothing is counted for how long a grant lasts, or before the page of a typed number is asked for.
    if (target.name !== "for" && !target.name.startsWith("page.")) count(null);
  });
  form.addEventListener("submit", (event) => {
    if (isPlain || !event.submitter?.hasAttribute("data-turn")) return;
    event.preventDefault();
    count(event.submitter);
  });
}

// Rows of one row of a file are left out together: they have one address.
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input.drop")) return;
  for (const other of document.querySelectorAll("input.drop")) {
    if (other.name === target.name && other.value === target.value) other.checked = target.checked;
  }
}, true);

// The playground: puts the code into a link. The part of an address after # is not sent, so a link is not kept anywhere.
const packed = async (bytes, through) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());
const unpacked = async (text) => {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(await packed(bytes, new DecompressionStream("deflate-raw")));
};
// Who has to sign in first finds the code after that.
if (location.hash.startsWith("#code=")) sessionStorage.setItem("code", location.hash);
for (const form of document.querySelectorAll("form[data-play]")) {
  const [code, link] = [field(form, "code"), form.querySelector("[data-link]")];
  const given = new URLSearchParams((location.hash || sessionStorage.getItem("code") || "").slice(1)).get("code");
  sessionStorage.removeItem("code");
  // A link that was cut leaves the page without code, and with its buttons.
  if (given) code.value = await unpacked(given).catch(() => "");
  link.hidden = false;
  link.addEventListener("click", async () => {
    const bytes = await packed(new TextEncoder().encode(code.value), new CompressionStream("deflate-raw"));
    const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    history.replaceState(null, "", `#code=${text}`);
    form.querySelector("[data-linked]").textContent = link.dataset.link;
  });
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  // The page that comes back shows the same lines.
  code.scrollTop = Number(sessionStorage.getItem("play")) || 0;
  form.addEventListener("submit", () => sessionStorage.setItem("play", code.scrollTop));
}

// The workbench of an author: loads the page again when there is a new draft, or the data that it waits for.
const draft = document.querySelector("[data-changes]")?.dataset;
const pause = () => new Promise((done) => setTimeout(done, 1000));
while (draft) {
  const life = draft.awaits ? `&life=${encodeURIComponent(draft.awaits)}` : "";
  const answer = await fetch(`/changes?after=${draft.changes}${life}`).catch(() => null);
  if (!answer?.ok) await pause();
  else if ((await answer.text()) === "new") {
    location.reload();
    break;
  }
}
