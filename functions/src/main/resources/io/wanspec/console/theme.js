// Before anything is drawn: the theme that was chosen here before, or else the system's. The only thing that outlives the tab.
(() => {
    try {
        const chosen = localStorage.getItem("wanspec.theme");
        if (chosen === "light" || chosen === "dark") {
            document.documentElement.dataset.theme = chosen;
        }
    } catch {
        // Storage may be forbidden: then it is the system's.
    }
})();
