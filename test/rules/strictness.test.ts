import { describe, expect, test } from 'vitest'
import type { Finding, FindingStatus, Gap, Severity } from '../../src/preflight/finding.js'
import { blocking, type FailOn, judgedStrictly, type Strictness } from '../../src/preflight/strictness.js'
import { findings as samples } from '../report/samples.js'

const [base] = samples as readonly [Finding]
const finding = (given: Partial<Finding>): Finding => ({ ...base, assumptions: [], ...given })
const gap = (kind: Gap['class']): Gap => ({ problem: 'p', reason: 'r', permission: null, class: kind })
const unknown = (severity: Severity, kind: Gap['class']) =>
  finding({ status: 'unknown', severity, certainty: 'none', gap: gap(kind) })

describe('what stops a run', () => {
  const judged: Readonly<Record<string, Finding>> = {
    pass: finding({ status: 'pass' }),
    skip: finding({ status: 'skip' }),
    ignored: finding({ status: 'ignored', severity: 'warning' }),
    error: finding({ status: 'fail', severity: 'error' }),
    warning: finding({ status: 'warn', severity: 'warning' }),
    note: finding({ status: 'warn', severity: 'info' }),
    'core error': unknown('error', 'core'),
    'core warning': unknown('warning', 'core'),
    'core note': unknown('info', 'core'),
    'context error': unknown('error', 'context'),
    'guardrail error': unknown('error', 'guardrail'),
    'guardrail warning': unknown('warning', 'guardrail'),
    'untold error': finding({ status: 'unknown', severity: 'error', gap: null }),
  }
  const failing = ['error', 'warning'] as const
  const coreErrors = ['core error', 'untold error']
  const allErrors = ['core error', 'context error', 'guardrail error', 'untold error']

  test.each<[FailOn, Strictness | undefined, readonly string[]]>([
    ['error', undefined, ['error']],
    ['warning', undefined, failing],
    ['never', undefined, []],
    ['error', 'core', ['error', ...coreErrors]],
    ['warning', 'core', [...failing, 'core error', 'core warning', 'untold error']],
    ['never', 'core', []],
    ['error', 'all', ['error', ...allErrors]],
    ['warning', 'all', [...failing, ...allErrors, 'core warning', 'guardrail warning']],
    ['never', 'all', []],
  ])('--fail-on %s, --strict %s', (failOn, strict, expected) => {
    const stopping = blocking(Object.values(judged), { failOn, strict })
    const names = Object.keys(judged).filter((name) => stopping.some((one) => one === judged[name]))
    expect(names.toSorted()).toEqual([...expected].toSorted())
    expect(stopping).toHaveLength(expected.length)
  })
})

describe('what rests on guardrails', () => {
  const guarded = finding({
    rule: 'role-lacks-receive-message',
    status: 'pass',
    certainty: 'simulated',
    assumptions: ['No resource control policy refuses it.', 'SCPs allow it.'],
  })
  const title = () => 'The role may not receive messages'

  test('is unknown under all, and says what was assumed', () => {
    const [strict] = judgedStrictly([guarded], 'all', title)
    expect(strict).toMatchObject({
      status: 'unknown',
      certainty: 'none',
      assumptions: [],
      message:
        '"The role may not receive messages" cannot be ruled out: it passes only if no resource control policy refuses it, and if SCPs allow it.',
      gap: { problem: 'The role may not receive messages', permission: null, class: 'guardrail' },
    })
    expect(blocking([strict as Finding], { failOn: 'error', strict: 'all' })).toHaveLength(1)
    expect(blocking([strict as Finding], { failOn: 'error', strict: 'core' })).toEqual([])
    expect(judgedStrictly([strict as Finding], 'all', title)).toEqual([strict])
  })

  test.each<[string, Strictness | undefined, Partial<Finding>]>([
    ['without --strict', undefined, {}],
    ['under core', 'core', {}],
    ['what AWS just answered', 'all', { certainty: 'live' }],
    ['a pass that assumes nothing', 'all', { assumptions: [] }],
    ...(['fail', 'warn', 'unknown', 'skip', 'ignored'] as const).map(
      (status: FindingStatus): [string, Strictness, Partial<Finding>] => [status, 'all', { status }],
    ),
  ])('anything else stays: %s', (_, strict, given) => {
    const one = { ...guarded, ...given }
    expect(judgedStrictly([one], strict, title)).toEqual([one])
  })
})
