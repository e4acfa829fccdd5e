// On the roll of a meeting with check-ins: who has not checked in is absent, in one tap; whoever
// chairs or writes is there.
(() => {
  "use strict";
  const show = () => {
    for (const button of document.querySelectorAll("[data-vang-con-lai]")) button.hidden = false;
  };
  show();
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-vang-con-lai]")) return;
    const there = [...document.querySelectorAll("[name=chu_tri], [name=thu_ky]")].map((one) => `dd-${one.value}`);
    for (const row of document.querySelectorAll("[data-dd]:not([data-den])")) {
      const now = row.querySelector("input:checked");
      const absent = row.querySelector("input[value=vang]");
      if (now.value !== "co_mat" || there.includes(now.name)) continue;
      absent.checked = true;
      absent.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  // Another day brings another roster.
  const roll = document.getElementById("diem-danh");
  if (roll) new MutationObserver(show).observe(roll, { childList: true });
})();
