// Reloads a served page when the site has been built again, and shows what stands against it.
(async () => {
  const show = (problems) => {
    let box = document.getElementById("build-problems");
    if (!problems.length) { box?.remove(); return; }
    if (!box) {
      box = document.createElement("pre");
      box.id = "build-problems";
      box.setAttribute("role", "alert");
      box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:99;margin:0;max-height:45vh;" +
        "overflow:auto;padding:1em;font:13px/1.45 monospace;white-space:pre-wrap;" +
        "background:#2b0f0f;color:#ffd9d4;border-top:3px solid #e5534b";
      document.body.append(box);
    }
    box.textContent = problems.join("\n");
  };
  let seen = "";
  for (;;) {
    try {
      const now = await (await fetch("/-/changes?seen=" + seen)).json();
      if (seen !== "" && now.built !== Number(seen.split(".")[0])) { location.reload(); return; }
      seen = now.built + "." + now.told;
      show(now.problems);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
})();
