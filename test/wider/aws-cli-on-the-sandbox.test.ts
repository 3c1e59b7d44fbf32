import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'
import { startTestSandbox } from '../support/sandbox.js'

const run = promisify(execFile)
const version = spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 20_000 })
const missing = version.status === 0 ? undefined : 'aws is not on PATH'

/** The answer of one aws-cli command as JSON; undefined where it printed nothing. */
async function aws(sandbox: Sandbox, ...command: string[]): Promise<unknown> {
  const { stdout } = await run('aws', [...command, '--endpoint-url', sandbox.endpoint, '--output', 'json'], {
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: sandbox.adminCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
      AWS_DEFAULT_REGION: sandbox.region,
      // Whatever the machine is set up for must not reach the test, nor the test another endpoint.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  })
  return stdout.trim() === '' ? undefined : JSON.parse(stdout)
}

/** As a person types it, in a process of its own; every operation is called in `compatibility/`. */
describe.skipIf(missing !== undefined)(`aws-cli${missing ? ` (${missing})` : ''}`, () => {
  test('makes a queue, sends, receives, deletes', { timeout: 120_000 }, async () => {
    const sandbox = await startTestSandbox({ running: true })
    const QueueUrl = `${sandbox.endpoint}/111122223333/orders.fifo`
    const attributes = JSON.stringify({ FifoQueue: 'true', ContentBasedDeduplication: 'true' })
    const sqs = (operation: string, ...more: string[]) => aws(sandbox, 'sqs', operation, ...more)
    const queue = ['--queue-url', QueueUrl]
    expect(
      await sqs(
        'create-queue',
        '--queue-name',
        'orders.fifo',
        '--attributes',
        attributes,
        '--tags',
        'team=shop',
      ),
    ).toEqual({ QueueUrl })
    const sent = await sqs('send-message', ...queue, '--message-body', 'hällo', '--message-group-id', 'a')
    expect(sent).toMatchObject({ SequenceNumber: expect.stringMatching(/^\d{20}$/) })
    const received = await sqs(
      'receive-message',
      ...queue,
      '--attribute-names',
      'All',
      '--wait-time-seconds',
      '1',
    )
    expect(received).toMatchObject({ Messages: [{ Body: 'hällo', Attributes: { MessageGroupId: 'a' } }] })
    expect(await sqs('list-queue-tags', ...queue)).toEqual({ Tags: { team: 'shop' } })
    expect(await sqs('delete-queue', ...queue)).toBeUndefined()
    await expect(sqs('get-queue-url', '--queue-name', 'orders.fifo')).rejects.toMatchObject({
      stderr: expect.stringContaining('(AWS.SimpleQueueService.NonExistentQueue)'),
    })
  })
})
