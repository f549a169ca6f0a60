/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Shows items as children of an element. Those that stand there already and have not changed stay as they are, with
 * their focus.
 *
 * @template Item
 * @param {Element} container
 * @param {readonly Item[]} items
 * @param {(item: Item) => Element} draw
 */
export function showAll(container, items, draw) {
  const there = [...container.children];
  const wanted = items.map((item) => {
    const text = JSON.stringify(item);
    const at = there.findIndex((child) => shown.get(child) === text);
    const [kept] = at < 0 ? [] : there.splice(at, 1);
    if (kept !== undefined) return kept;
    const drawn = draw(item);
    shown.set(drawn, text);
    return drawn;
  });
  for (const child of there) child.remove();
  for (const [place, child] of wanted.entries()) {
    if (container.children[place] !== child) container.insertBefore(child, container.children[place] ?? null);
  }
}
