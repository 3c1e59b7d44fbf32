import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/permissions/evaluate.js'
import { knownRequest, partlyHidden } from './generated-request.js'
import { isAllowed } from './two-valued.js'

function verdictOf(allowed: boolean) {
  return allowed ? 'allowed' : 'denied'
}

test('with everything known the verdict is that of two-valued logic', () => {
  const seen = { allowed: 0, denied: 0, unknown: 0 }
  fc.assert(
    fc.property(knownRequest, ({ request, layers }) => {
      const { verdict } = evaluate(request, layers)
      seen[verdict] += 1
      expect(verdict).toBe(verdictOf(isAllowed(request, layers)))
    }),
    { numRuns: 3000 },
  )
  // The generator must reach both sides, or the comparison says nothing.
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(150)
})

test('a verdict given without knowing everything is the one given when it is known', () => {
  const seen = { allowed: 0, denied: 0, unknown: 0 }
  fc.assert(
    fc.property(partlyHidden, ({ whole, seen: part }) => {
      const decision = evaluate(part.request, part.layers)
      seen[decision.verdict] += 1
      if (decision.verdict === 'unknown') {
        expect(decision.missing.length).toBeGreaterThan(0)
        expect(decision.unknownClass).toBeDefined()
      } else {
        expect(decision.missing).toEqual([])
        expect(decision.verdict).toBe(verdictOf(isAllowed(whole.request, whole.layers)))
      }
    }),
    { numRuns: 5000 },
  )
  expect(Math.min(seen.allowed, seen.denied, seen.unknown)).toBeGreaterThan(60)
})
