import { element } from '../../../../src/bots/web/page/element.js';

/** @typedef {{ latitude: number, longitude: number }} Place */

const places = {
  Jakarta: { latitude: -6.2, longitude: 106.8166 },
  Bandung: { latitude: -6.9175, longitude: 107.6191 },
  Surabaya: { latitude: -7.2575, longitude: 112.7521 },
  Makassar: { latitude: -5.1477, longitude: 119.4327 },
  Jayapura: { latitude: -2.5337, longitude: 140.7181 },
};

/**
 * Lets a place be chosen; answers which one is.
 *
 * @param {string} id
 * @returns {() => Place}
 */
export function choosePlace(id) {
  const select = element(id, HTMLSelectElement);
  select.append(...Object.keys(places).map((name) => new Option(name)));
  return () => Object.entries(places).find(([name]) => name === select.value)?.[1] ?? places.Jakarta;
}
