// Remembers whether the reader likes light or dark paper; without a choice the system's holds.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem("paper");
    } catch {
      return null; // storage may be forbidden; the choice then lasts for this page
    }
  };

  const remember = (paper) => {
    try {
      localStorage.setItem("paper", paper);
    } catch {
      // as above
    }
  };

  const paper = remembered();
  if (paper === "light" || paper === "dark") root.dataset.theme = paper;
  root.dataset.script = ""; // shows the button before the first paint, so that nothing moves

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".theme-toggle")) return;
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
  });
})();
