(() => {
  const shown = document.currentScript.dataset.version;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; overflow: auto;
      background: rgb(20 16 24 / .92); color: #f4eef7; font: 15px/1.5 system-ui, sans-serif; }
    section { max-width: 60rem; margin: 6vh auto; padding: 0 1.5rem; }
    h1 { font-size: 1.4rem; color: #ff9d8a; }
    pre { padding: 1rem 1.25rem; border-left: 3px solid #ff9d8a; border-radius: 4px;
      background: #2a2230; font: 13px/1.55 ui-monospace, monospace; overflow: auto; }
    button { float: right; font: inherit; padding: .25rem .75rem; cursor: pointer; }`);
  let source;
  let overlay;

  const add = (parent, tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const show = (problems) => {
    overlay?.remove();
    if (!problems.length) return;
    overlay = document.createElement("pectin-problems");
    const root = overlay.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const close = overlay;
    add(section, "button", "Close").onclick = () => close.remove();
    add(section, "h1", `${problems.length} ${problems.length > 1 ? "problems" : "problem"} to mend`);
    for (const problem of problems) add(section, "pre", problem);
    root.append(section);
    document.documentElement.append(overlay);
  };
  const follow = () => {
    source?.close();
    // A browser opens six connections to a host: tabs that nobody sees must not hold them.
    if (document.hidden) return;
    source = new EventSource("/.pectin/events");
    source.onmessage = (event) => {
      const state = JSON.parse(event.data);
      if (state.version !== shown) location.reload();
      else show(state.problems);
    };
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();
})();
