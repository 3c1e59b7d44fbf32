import type { Journey } from './journey.js'

/** An id, also one that a narrow terminal broke into two lines. */
const uuid = new RegExp([8, 4, 4, 4, 12].map((length) => `(?:[0-9a-f]\\n?){${length}}`).join('-\\n?'), 'g')
const oneId = [...'7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77']

/** What differs from run to run, replaced by something as long; the states on the way are left out. */
export function settled(text: string, { endpoint }: Pick<Journey, 'endpoint'>): string {
  return text
    .replaceAll(
      endpoint,
      endpoint.replace(/\d+$/, (port) => '0'.repeat(port.length)),
    )
    .replace(uuid, (found) => {
      const left = [...oneId]
      return [...found].map((character) => (character === '\n' ? character : left.shift())).join('')
    })
    .replace(/^(State|Still waiting) .*\n/gm, '')
}
