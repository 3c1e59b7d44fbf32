import type { Service } from '../../../src/sandbox/define-action.js'
import type { FaultEffect } from '../../../src/sandbox/faults.js'
import type { Aim } from './numbered-calls.js'

/** One column of the matrix. */
export interface MatrixFault {
  readonly name: string
  /** @param slowMs how late an answer comes that is slow, and comes. */
  readonly effect: (service: Service, slowMs: number) => FaultEffect
  readonly reach: Aim['reach']
  /** What happens once must not be noticed: the run does what it does otherwise. Not so where an answer is none. */
  readonly absorbed: boolean
  /** AWS was not asked, or has refused: nothing can have been carried out. */
  readonly harmless: boolean
}

const refusedInJson: ReadonlySet<Service> = new Set(['lambda', 'kms', 'logs', 'tag'])

const denied = (service: Service): FaultEffect => ({
  kind: 'error',
  code: refusedInJson.has(service) ? 'AccessDeniedException' : 'AccessDenied',
  message:
    'User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: this:Action on resource: * because no identity-based policy allows the this:Action action',
  status: service !== 'lambda' && refusedInJson.has(service) ? 400 : 403,
})

const error = (status: number, code: string, message: string) => (): FaultEffect => ({
  kind: 'error',
  code,
  message,
  status,
})

const kinds: readonly (Pick<MatrixFault, 'name' | 'effect' | 'harmless'> & { readonly mended: boolean })[] = [
  { name: 'throttled', effect: () => ({ kind: 'throttle' }), mended: true, harmless: true },
  { name: '500', effect: error(500, 'InternalFailure', 'Something broke.'), mended: true, harmless: true },
  { name: 'reset before', effect: () => ({ kind: 'reset', when: 'before' }), mended: true, harmless: true },
  { name: 'reset after', effect: () => ({ kind: 'reset', when: 'after' }), mended: true, harmless: false },
  { name: 'hang', effect: () => ({ kind: 'hang' }), mended: true, harmless: true },
  { name: 'cut short', effect: () => ({ kind: 'cut' }), mended: false, harmless: false },
  { name: 'HTML', effect: () => ({ kind: 'html' }), mended: false, harmless: true },
  {
    name: 'unknown error',
    effect: error(400, 'NobodyKnowsThis', 'It is new.'),
    mended: false,
    harmless: true,
  },
  { name: 'access denied', effect: denied, mended: false, harmless: true },
  { name: 'slow', effect: (_, ms) => ({ kind: 'delay', ms }), mended: true, harmless: true },
]

export const matrixFaults: readonly MatrixFault[] = [
  ...kinds.flatMap(({ mended, ...kind }) => [
    { ...kind, name: `${kind.name} once`, reach: 'once' as const, absorbed: mended },
    { ...kind, name: `${kind.name} for ever`, reach: 'kind' as const, absorbed: kind.name === 'slow' },
  ]),
  {
    name: 'credentials expire',
    effect: (service) => ({
      kind: 'error',
      code: refusedInJson.has(service) ? 'ExpiredTokenException' : 'ExpiredToken',
      message: 'The security token included in the request is expired',
      status: 403,
    }),
    reach: 'all',
    absorbed: false,
    harmless: true,
  },
]
