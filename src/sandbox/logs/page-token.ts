import { AwsFault } from '../aws-fault.js'

/**
 * A place between two events: pages go on behind it even where older events have since been dropped.
 * `sequence` counts arrivals, so that events of one millisecond keep their order.
 */
export interface Place {
  readonly timestamp: number
  readonly sequence: number
}

export function writeToken(prefix: string, place: Place): string {
  return `${prefix}/${Buffer.from(`${place.timestamp}.${place.sequence}`).toString('base64url')}/s`
}

/** Throws InvalidParameterException on what is no token of this prefix. */
export function readToken(prefixes: readonly string[], token: string): Place & { readonly prefix: string } {
  const [prefix = '', encoded = ''] = token.split('/')
  const match = /^(-?\d+)\.(-?\d+)$/.exec(Buffer.from(encoded, 'base64url').toString())
  if (!prefixes.includes(prefix) || !match) {
    throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.', {
      recorded: false,
    })
  }
  return { prefix, timestamp: Number(match[1]), sequence: Number(match[2]) }
}

/** Negative when `one` comes first. */
export const comparePlaces = (one: Place, other: Place): number =>
  one.timestamp - other.timestamp || one.sequence - other.sequence

/** A page of things that are told apart by their name, e.g. log groups; the token is the last name seen. */
export function pageByName<Item extends { readonly name: string }>(
  items: readonly Item[],
  limit: number,
  token: string | undefined,
): { readonly page: readonly Item[]; readonly nextToken?: string } {
  const after = token === undefined ? -1 : items.findIndex(({ name }) => name === token)
  if (token !== undefined && after < 0) {
    throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.', {
      recorded: false,
    })
  }
  const page = items.slice(after + 1, after + 1 + limit)
  const last = page.at(-1)
  return last && after + 1 + limit < items.length ? { page, nextToken: last.name } : { page }
}
