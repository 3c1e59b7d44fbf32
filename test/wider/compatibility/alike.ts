import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { startOfTime } from '../../support/sandbox.js'

/**
 * An answer with a word in place of all that differs from sandbox to sandbox: the port, and what is made at random; times
 * count from the start of the story. What is left has to be the same for both clients.
 */
export function alike(value: unknown, sandbox: Sandbox): unknown {
  const read = (one: unknown): unknown => {
    if (typeof one === 'string') return settled(one.replaceAll(sandbox.endpoint, 'ENDPOINT'))
    if (Array.isArray(one)) return one.map(read)
    if (one instanceof Date) return `TIME+${(one.getTime() - startOfTime) / 1000}s`
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, read(inner)]))
  }
  return read(value)
}

const settled = (text: string) =>
  text
    .replaceAll(/(?!0{8})[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\b(A[A-Z]{3})[A-Z0-9]{12,17}\b/g, '$1…')
    .replaceAll(/(?<!\S)[A-Za-z0-9+/=_-]{40,}(?!\S)/g, 'TOKEN')
