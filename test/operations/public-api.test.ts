import { expect, onTestFinished, test, vi } from 'vitest'
import * as api from '../../src/index.js'
import { startTestSandbox } from '../support/sandbox.js'

const nowhere = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }

async function sandboxWithoutAnything() {
  const sandbox = await startTestSandbox()
  return { ...sandbox.adminCredentials, endpoint: sandbox.endpoint }
}

test('exports functions and the error, and nothing by accident', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'SqsTriggerError',
    'connect',
    'explainError',
    'preflight',
    'runToEnd',
    'wire',
  ])
})

test('connecting makes no call, and tells where it leads', async () => {
  const connection = await api.connect({
    region: 'eu-west-1',
    endpointUrl: 'http://127.0.0.1:9',
    env: nowhere,
  })
  expect(connection).toMatchObject({ region: 'eu-west-1', profile: null, endpoint: 'http://127.0.0.1:9' })
  // Opaque: no client of the SDK is within reach.
  expect(Object.values(connection).filter((value) => typeof value === 'object' && value !== null)).toEqual([])
})

test.each([
  [undefined, /^give the settings \{ region \}, or \{ env: process\.env \}$/],
  [nowhere, /aws configure set region/],
])('without a Region, the hint is for whoever can act on it (env %j)', async (env, hint) => {
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(api.connect(env === undefined ? {} : { env })).rejects.toMatchObject({
    code: 'NO_REGION',
    hint: expect.stringMatching(hint),
  })
})

test('settings, sendTest and ignore may be left out', async () => {
  const { accessKeyId, secretAccessKey, endpoint } = await sandboxWithoutAnything()
  const connection = await api.connect({
    region: 'eu-central-1',
    endpointUrl: endpoint,
    env: { ...nowhere, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  })
  const report = await api.runToEnd(connection.preflight({ queue: 'orders', function: 'worker' }))
  expect(report.findings.filter(({ status }) => status === 'fail').map(({ rule }) => rule)).toContain(
    'queue-not-found',
  )
  expect(await api.runToEnd(connection.plan({ queue: 'orders', function: 'worker' }))).toMatchObject({
    outcome: 'blocked',
    settings: {},
  })
})

test('preflight and wire connect by themselves, and tell the events', async () => {
  const { accessKeyId, secretAccessKey, endpoint } = await sandboxWithoutAnything()
  const env = { ...nowhere, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const told: string[] = []
  const settings = {
    ...{ region: 'eu-central-1', endpointUrl: endpoint, env },
    onEvent: ({ type }: { readonly type: string }) => void told.push(type),
  }
  const ends = { queue: 'orders', function: 'worker' }
  const { findings } = await api.preflight(ends, settings)
  expect(findings.find(({ rule }) => rule === 'queue-not-found')?.status).toBe('fail')
  expect(told).toContain('rule-judged')
  await expect(api.wire(ends, settings)).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
  await expect(api.preflight(ends, { env: nowhere })).rejects.toMatchObject({ code: 'NO_REGION' })
})

test('an audit looks at the Region of the connection, or at those that are named', async () => {
  const { accessKeyId, secretAccessKey, endpoint } = await sandboxWithoutAnything()
  const connection = await api.connect({
    region: 'eu-central-1',
    endpointUrl: endpoint,
    env: { ...nowhere, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  })
  const regionsOf = async (input?: api.AuditInput) => {
    const { places, complete } = await api.runToEnd(connection.audit(input))
    return { complete, regions: places.map(({ region, status }) => `${region} ${status}`) }
  }
  expect(await regionsOf()).toEqual({ complete: true, regions: ['eu-central-1 read'] })
  const regions = ['eu-west-1', 'us-east-1']
  expect(await regionsOf({ regions })).toEqual({
    complete: true,
    regions: ['eu-west-1 read', 'us-east-1 read'],
  })
})

test('an operation runs to its end, event by event', async () => {
  async function* operation() {
    yield { type: 'step-started', what: 'Counting' } as const
    yield { type: 'warning', message: 'to two' } as const
    return 2
  }
  const types: string[] = []
  expect(await api.runToEnd(operation(), ({ type }) => types.push(type))).toBe(2)
  expect(types).toEqual(['step-started', 'warning'])
})
