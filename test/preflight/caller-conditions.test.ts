import { describe, expect, it } from 'vitest'
import type { TestSandbox } from '../support/sandbox.js'
import { preflight } from './preflight-world.js'
import { allow, build, noSimulator, type Scenario, workerArn } from './scenario.js'

const create = 'lambda:CreateEventSourceMapping'
const rest = allow(['iam:*', 'lambda:Get*', 'lambda:List*', 'sqs:Get*', 'sqs:SendMessage'])
const bound = (...functions: readonly string[]) =>
  allow(create, '*', { ArnLike: { 'lambda:FunctionArn': functions } })

const makeAlias = (sandbox: TestSandbox) =>
  sandbox.seed([
    { service: 'lambda', operation: 'PublishVersion', input: { FunctionName: 'worker' } },
    {
      service: 'lambda',
      operation: 'CreateAlias',
      input: { FunctionName: 'worker', Name: 'live', FunctionVersion: '1' },
    },
  ])

describe.each([{}, { faults: noSimulator }])('a condition on lambda:FunctionArn, %j', ({ faults = [] }) => {
  it.each([
    ['worker', 'pass', [workerArn]],
    ['worker', 'fail', [`${workerArn}:*`]],
    ['worker:live', 'unknown', [workerArn]],
    ['worker:live', 'unknown', [`${workerArn}:*`]],
    ['worker:live', 'pass', [workerArn, `${workerArn}:*`]],
    ['worker:live', 'fail', [`${workerArn}s`]],
  ])('%s is %s where it names %j', async (named, status, functions) => {
    const caller: Scenario['caller'] = { kind: 'user', inline: [rest, bound(...functions)] }
    const { sandbox, session } = await build({ caller, also: makeAlias })
    for (const fault of faults) sandbox.faults.inject(fault)
    const { byRule } = await preflight(session, { function: named })
    const finding = byRule['caller-lacks-create-event-source-mapping']
    expect(finding?.status).toBe(status)
    if (status === 'unknown') expect(finding?.message).toContain('should admit both forms')
    if (status === 'fail') {
      const { Condition } = JSON.parse(JSON.stringify(finding?.fix?.policy)).Statement[0]
      expect(Condition).toEqual({ ArnLike: { 'lambda:FunctionArn': [workerArn, `${workerArn}:*`] } })
    }
  })
})

describe.each([{}, { faults: noSimulator }])('a condition on tags of the queue, %j', ({ faults = [] }) => {
  const tagged = { StringEquals: { 'aws:ResourceTag/team': 'red' } }
  const others = allow(['iam:*', 'lambda:*', 'sqs:Get*'])
  const send = allow('sqs:SendMessage', '*', tagged)
  it.each([
    ['that may not be listed', 'unknown', [others, send], 'red'],
    ['that it has', 'pass', [others, send, allow('sqs:ListQueueTags')], 'red'],
    ['that it does not have', 'fail', [others, send, allow('sqs:ListQueueTags')], 'blue'],
  ])('%s: %s', async (_, status, inline, team) => {
    const { sandbox, session } = await build({
      caller: { kind: 'user', inline },
      also: (made) => {
        const QueueUrl = `${made.endpoint}/111122223333/orders`
        return made.seed([{ service: 'sqs', operation: 'TagQueue', input: { QueueUrl, Tags: { team } } }])
      },
    })
    for (const fault of faults) sandbox.faults.inject(fault)
    const { byRule } = await preflight(session, { sendTest: true })
    const finding = byRule['caller-lacks-send-message']
    expect(finding?.status).toBe(status)
    expect(finding?.gap?.permission).toBe(status === 'unknown' ? 'sqs:ListQueueTags' : undefined)
  })
})
