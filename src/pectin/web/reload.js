(() => {
  let served = document.currentScript.dataset;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; z-index: 2147483647;
      color: #f4eef7; font: 15px/1.5 system-ui, sans-serif; }
    :host(pectin-problems) { inset: 0; overflow: auto; background: rgb(20 16 24 / .92); }
    :host(pectin-mark) { inset: auto auto 1rem 1rem; }
    section { max-width: 60rem; margin: 6vh auto; padding: 0 1.5rem; }
    h1 { font-size: 1.4rem; color: #ff9d8a; }
    pre { padding: 1rem 1.25rem; border-left: 3px solid #ff9d8a; border-radius: 4px;
      background: #2a2230; font: 13px/1.55 ui-monospace, monospace; overflow: auto; }
    button { float: right; font: inherit; padding: .25rem .75rem; cursor: pointer; }
    a { display: block; padding: .25rem .75rem; border-radius: 4px; text-decoration: none;
      color: #3a2600; background: #ffd479; box-shadow: 0 1px 4px rgb(0 0 0 / .4); }
    @media print { :host { display: none; } }`);
  let source;
  let overlay;

  const add = (parent, tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const put = (name) => {
    const element = document.createElement(name);
    element.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    document.documentElement.append(element);
    return element;
  };
  const show = (problems) => {
    overlay?.remove();
    if (!problems.length) return;
    overlay = put("pectin-problems");
    const section = add(overlay.shadowRoot, "section", "");
    section.setAttribute("role", "alert");
    const close = overlay;
    add(section, "button", "Close").onclick = () => close.remove();
    add(section, "h1", `${problems.length} ${problems.length > 1 ? "problems" : "problem"} to mend`);
    for (const problem of problems) add(section, "pre", problem);
  };
  const list = (page) => [...page.querySelectorAll("link[rel~=stylesheet i]")];
  const name = (link) => link.getAttribute("href");
  // Each new stylesheet is loaded before the old one goes, so that nothing jumps.
  const replace = (old, link) =>
    new Promise((loaded, failed) => {
      const fresh = document.importNode(link, true);
      fresh.onload = () => loaded(old.remove());
      fresh.onerror = failed;
      old.after(fresh);
    });
  const update = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("script[data-frame]")?.dataset;
    const links = list(page);
    const pairs = list(document).map((old, at) => [old, links[at]]);
    const isSame = now?.frame === served.frame && pairs.length === links.length;
    const stale = isSame ? pairs.filter(([old, link]) => name(old) !== name(link)) : [];
    if (!stale.length) throw new Error("more than stylesheets changed");
    await Promise.all(stale.map(([old, link]) => replace(old, link)));
    served = now;
  };
  let newest = served.version;
  let isUpdating = false;
  const catchUp = async (version) => {
    newest = version;
    if (isUpdating) return;
    isUpdating = true;
    try {
      while (served.version !== newest) await update();
      isUpdating = false;
    } catch {
      location.reload();
    }
  };
  const follow = () => {
    source?.close();
    // A browser opens six connections to a host: tabs that nobody sees must not hold them.
    if (document.hidden) return;
    source = new EventSource("/.pectin/events");
    source.onmessage = (event) => {
      const state = JSON.parse(event.data);
      show(state.problems);
      catchUp(state.version);
    };
  };
  if (served.mark) {
    const link = add(put("pectin-mark").shadowRoot, "a", `Not published: ${served.mark}`);
    link.href = "/.pectin/pages";
  }
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();
})();
