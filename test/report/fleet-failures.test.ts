import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'
import { rendered } from './rendered.js'

const hint =
  'sqs-trigger wait 7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77 --region us-east-1 --endpoint-url http://127.0.0.1:4599'
const step = (name: string) => ({
  ...{ action: 'create', trigger: null, mapping: null, differences: [], findings: [], blocking: [] },
  ...{ changes: [], does: null, reason: null, ownedBy: null },
  queueArn: `arn:aws:sqs:us-east-1:111122223333:${name}`,
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:worker',
})
const failed = (name: string) => ({
  ...{ step: step(name), outcome: 'failed', mapping: null },
  failure: { code: 'NOT_FINISHED', message: 'It is not Enabled yet.', hint },
})

test('a command that mends several failures stands once, below them, and can be pasted', async () => {
  const result = { steps: [failed('q1'), failed('q2')], waitedMs: 0 }
  const plan = { steps: result.steps.map((one) => one.step), findings: [], unused: [], unowned: 0 }
  const outcome = { kind: 'fleet-applied', plan, result, allFindings: false } as never
  const text = await rendered({ outcome }, { columns: 60 })
  expect(text.match(/sqs-trigger wait/g)).toHaveLength(1)
  expect(text.indexOf('sqs-trigger wait')).toBeGreaterThan(text.indexOf('q2'))
  expect(text.replaceAll(/ \\\n\s+/g, ' ')).toContain(hint)
})

test('the rights that a quickstart lacks are those of its own name', async () => {
  const { env } = await startJourney()
  const { code, stderr } = await runHere(['quickstart', '--name', 'first', '--yes'], env)
  expect(code).toBe(6)
  expect(stderr.replaceAll(/ \\\n\s+/g, ' ')).toContain('quickstart --print policy --name first')
})
