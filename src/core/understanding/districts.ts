import { names } from '../../locales/index.ts';
import type { Area } from '../areas/areas.ts';
import { areasOfDistrict } from '../areas/districts.ts';
import { isNothing, readWords } from './words.ts';

const markers = new Set([...names.beforePlaces, ...names.besideDistricts]);
const districtMarkers = new Set(['kecamatan', 'kec', 'district']);
const shortened = new Set(['kec', 'kab', 'jl', 'jln']);
const everydayWords = new Set(names.districtsThatAreWords);
/** "IV Nagari Bayang Utara". */
const longest = 4;
const shortest = 4;

/**
 * The city or regency that a text names by one of its districts: "deket stasiun gambir" is Jakarta Pusat. Many districts
 * are words of everyday, too, so a word has to stand before it that says that a place follows, in the same clause; those
 * that nearly always are such words ("di kota") are taken after "kecamatan" alone. Where several have a district of that
 * name, none is meant for sure: null.
 */
export function cityOfDistrict(text: string): Area | null {
  const words = readWords(text);
  for (const [position, { written: marker }] of words.entries()) {
    if (!markers.has(marker)) continue;
    const after = words.slice(position + 1, position + 1 + longest);
    // A point after "kec." ends nothing.
    const clauseEnds = after.findIndex(({ begins }, place) => begins && (place > 0 || !shortened.has(marker)));
    const clause = clauseEnds === -1 ? after : after.slice(0, clauseEnds);
    const city = longestDistrict(
      clause.map(({ written }) => written),
      districtMarkers.has(marker),
    );
    if (city !== undefined) return city;
  }
  return null;
}

/** The city of the longest name of a district that these words begin with; null where that name is not unique, undefined where there is none. */
function longestDistrict(words: readonly string[], sayDistrict: boolean): Area | null | undefined {
  for (let length = words.length; length > 0; length -= 1) {
    const name = words.slice(0, length);
    const [first = ''] = name;
    const everyday = everydayWords.has(first) || markers.has(first) || isNothing(first);
    if (length === 1 && !sayDistrict && everyday) continue;
    const [area, other] = areasOfDistrict(name.join(' '));
    if (!area || name.join('').length < shortest) continue;
    return other ? null : area;
  }
  return undefined;
}
