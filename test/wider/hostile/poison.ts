import { Readable } from 'node:stream'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Wire } from '../../../src/aws/connection/connection.js'
import { evil } from './hostile-stage.js'

/**
 * What becomes of the answers of AWS on their way: of the texts in them one in so many becomes hostile. `texts` leaves
 * every member what it is, `shapes` puts something else into its place, as no AWS ever would.
 */
export interface Poison {
  readonly kind: 'texts' | 'shapes' | 'bytes'
  readonly oneIn: number
  readonly seed: number
}

type Handler = Pick<NodeHttpHandler, 'handle'>
type Answer = Awaited<ReturnType<Handler['handle']>>

/** The same way to AWS, with every answer poisoned. */
export function poisoned(wire: Wire, poison: Poison): Wire {
  const inner = wire.requestHandler
  if (!isHandler(inner)) throw new Error('the way to be poisoned is a handler')
  const random = randomFrom(poison.seed)
  const handle: Handler['handle'] = async (request, options) => {
    const answer: Answer = await inner.handle(request, options)
    const chunks: Buffer[] = []
    for await (const chunk of answer.response.body) chunks.push(Buffer.from(chunk))
    const body = poisonedBody(Buffer.concat(chunks), poison, random)
    const headers = { ...answer.response.headers, 'content-length': String(body.length) }
    return { response: Object.assign(answer.response, { headers, body: Readable.from([body]) }) }
  }
  const requestHandler = Object.assign(Object.create(inner), inner, { handle })
  return { ...wire, requestHandler }
}

const isHandler = (value: object): value is Handler => 'handle' in value && typeof value.handle === 'function'

/** The same numbers for the same seed. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomFrom(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Random = ReturnType<typeof randomFrom>

function poisonedBody(body: Buffer, { kind, oneIn }: Poison, random: Random): Buffer {
  if (kind === 'bytes') return withWrongBytes(body, oneIn, random)
  const text = body.toString()
  const hit = () => random(oneIn) === 0
  if (text.startsWith('{')) {
    const spoil = kind === 'texts' ? (value: string) => spoiltText(value, random) : () => shapeOf(random)
    return Buffer.from(spoilt(JSON.parse(text), hit, spoil))
  }
  if (!text.startsWith('<')) return body
  return Buffer.from(
    text.replace(/>([^<>]+)</g, (whole, content: string) =>
      hit() ? `>${kind === 'texts' ? content : ''}${escapedXml(evil)}<` : whole,
    ),
  )
}

/** JSON with some of its members in other words; written here, since an object has no key twice and no `__proto__`. */
function spoilt(value: unknown, hit: () => boolean, spoil: (text: string) => string): string {
  if (typeof value === 'string') return hit() ? spoil(value) : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => spoilt(item, hit, spoil)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${spoilt(member, hit, spoil)}`,
  )
  return `{${(hit() ? ['"__proto__":{"polluted":true}', ...members] : members).join()}}`
}

function spoiltText(text: string, random: Random): string {
  const texts = [
    text + evil,
    evil + text,
    evil,
    '',
    'x'.repeat(100_000) + evil,
    '__proto__',
    '1',
    `${text}\ud800ü→😀`,
  ]
  return JSON.stringify(texts[random(texts.length)])
}

/** Some JSON that is none of what a member may hold. */
function shapeOf(random: Random): string {
  const depth = 2_000
  const shapes = [
    'null',
    '7',
    '"7"',
    '-1e308',
    '[]',
    '{}',
    'true',
    `[${JSON.stringify(evil)}]`,
    `{"__proto__":{"polluted":true},"a":1,"a":2}`,
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
  ]
  return shapes[random(shapes.length)] ?? 'null'
}

const escapedXml = (text: string) =>
  // What XML does not take at all is for another kind.
  text.replace(/[&<>]|[^\t\n\r -\ud7ff]/g, (character) => `&#${character.charCodeAt(0)};`)

/** No UTF-8 in some places. */
function withWrongBytes(body: Buffer, oneIn: number, random: Random): Buffer {
  const wrong = Buffer.from(body)
  for (let at = 0; at < wrong.length; at += 1) if (random(oneIn * 40) === 0) wrong[at] = 0xc0 + random(64)
  return wrong
}
