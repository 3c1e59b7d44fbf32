import { expect, test } from 'vitest'
import * as api from '../../src/index.js'

test('exports functions and the error, and nothing by accident', () => {
  expect(Object.keys(api).toSorted()).toEqual(['SqsTriggerError', 'connect', 'runToEnd'])
})

test('connecting makes no call, and tells where it leads', async () => {
  const connection = await api.connect({
    region: 'eu-west-1',
    endpointUrl: 'http://127.0.0.1:9',
    env: { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
  })
  expect(connection).toMatchObject({ region: 'eu-west-1', profile: null, endpoint: 'http://127.0.0.1:9' })
  // Opaque: no client of the SDK is within reach.
  expect(Object.values(connection).filter((value) => typeof value === 'object' && value !== null)).toEqual([])
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
