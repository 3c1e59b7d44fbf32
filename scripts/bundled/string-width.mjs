// Stands in for the package `string-width` inside the bundle. It knows the wide ranges of East Asian text and
// emoji, and that combining marks take no room; it does not segment grapheme clusters, which is what makes the
// original slow to load. https://www.unicode.org/reports/tr11/
import { stripVTControlCharacters } from 'node:util'

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const empty = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u

/** @param {string} text */
export default function stringWidth(text) {
  let width = 0
  for (const character of stripVTControlCharacters(String(text))) {
    if (!empty.test(character)) width += wide.test(character) ? 2 : 1
  }
  return width
}
