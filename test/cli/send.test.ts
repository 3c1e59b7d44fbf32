import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateKeyCommand } from '@aws-sdk/client-kms'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import type { FaultEffect } from '../../src/sandbox/faults.js'
import { type Journey, startJourney } from '../support/journey.js'
import { fakeHost } from './fake-host.js'

interface Typed {
  readonly stdin?: string
}

/** Runs the command in this process, as a script would. */
async function run(argv: readonly string[], { env }: Pick<Journey, 'env'>, { stdin }: Typed = {}) {
  const { host, stdout, stderr } = fakeHost(argv, {
    columns: 300,
    env: { ...env, HOME: '/nonexistent' },
    ...(stdin === undefined ? {} : { stdin }),
  })
  const code = await runProgram(host, new AbortController().signal)
  return { code, stdout: stdout(), stderr: stderr() }
}

function fileWith(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'message.json')
  writeFileSync(file, content)
  return file
}

const received = async ({ admin, queueUrl }: Journey, queue: string) => {
  const asked = { QueueUrl: queueUrl(queue), MessageAttributeNames: ['All'] }
  return (await admin.sqs.send(new ReceiveMessageCommand(asked))).Messages ?? []
}

describe('what is sent', () => {
  test('body of a file, with attributes of each type', async () => {
    const journey = await startJourney()
    await journey.addQueue('plain')
    const file = fileWith('{"id":42}\n')
    const words = ['--attribute', 'tenant=a=b', '--attribute', 'n:Number=3', '--attribute', 'raw:Binary=AAE=']
    const { code } = await run(['send', 'plain', '--body-file', file, ...words], journey)
    expect(code).toBe(0)
    const [message] = await received(journey, 'plain')
    expect(message?.Body).toBe('{"id":42}\n')
    expect(message?.MessageAttributes).toMatchObject({
      tenant: { DataType: 'String', StringValue: 'a=b' },
      n: { DataType: 'Number', StringValue: '3' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 1]) },
    })
  })

  test.each([
    ['--body', '-'],
    ['--body-file', '-'],
  ])('%s %s reads standard input', async (...words) => {
    const journey = await startJourney()
    await journey.addQueue('plain')
    const { code } = await run(['send', 'plain', ...words], journey, { stdin: 'from a pipe' })
    expect(code).toBe(0)
    expect((await received(journey, 'plain'))[0]?.Body).toBe('from a pipe')
  })

  test('the limit of the queue itself holds for body and attributes together', async () => {
    const journey = await startJourney()
    await journey.addQueue('small', { MaximumMessageSize: '1024' })
    const fits = ['send', 'small', '--body', 'x'.repeat(1_010)]
    expect((await run(fits, journey)).code).toBe(0)
    const { code, stderr } = await run([...fits, '--attribute', 'a=0123456789'], journey)
    expect(code).toBe(2)
    expect(stderr).toMatch(/with its attributes has 1027 bytes; this queue takes 1024/)
  })

  test('a key that the caller may not use is named', async () => {
    const journey = await startJourney()
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${journey.world.account}:user/administrator` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    })
    const { KeyMetadata } = await journey.admin.kms.send(
      new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true }),
    )
    await journey.addQueue('secret', { KmsMasterKeyId: KeyMetadata?.Arn ?? '' })
    const { code, stderr } = await run(['send', 'secret'], journey)
    expect(code).toBe(6)
    expect(stderr).toMatch(/Queue "secret" is encrypted, and/)
    expect(stderr).toMatch(/Sending needs kms:GenerateDataKey and kms:Decrypt on the key/)
  })
})

describe('what cannot be sent ends before anything is asked', () => {
  const rows: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['two bodies', ['--body', 'x', '--body-file', 'y'], /contradict each other/],
    ['no such file', ['--body-file', '/nonexistent/x'], /does not exist/],
    ['a folder', ['--body-file', '/tmp'], /is a folder/],
    ['an attribute without a value', ['--attribute', 'tenant'], /takes name=value, not 'tenant'|name=value/],
    ['a limit of a proof that nobody asked for', ['--timeout', '5s'], /--timeout is the limit of --prove/],
    ['a type that is none', ['--attribute', 'a:Text=1'], /none of String, Number and Binary/],
  ]
  test.each(rows)('%s', async (_, words, message) => {
    const { code, stderr } = await run(['send', 'orders', ...words], { env: {} })
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
  })

  test.each([
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00]), /no text in UTF-8/],
    ['nothing', '', /is empty/],
    ['more than any queue takes', 'x'.repeat(1_048_577), /more than 1048576 bytes/],
  ])('a file that holds %s', async (_, content, message) => {
    const { code, stderr } = await run(['send', 'orders', '--body-file', fileWith(content)], { env: {} })
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
  })
})

describe('what will run is said first', () => {
  test.each([[[]], [['--json']]])('to a script, on stderr: %j', async (more) => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes'], journey)
    const { code, stderr } = await run(['send', 'orders', ...more], journey)
    expect(code).toBe(0)
    expect(stderr).toContain('worker ($LATEST) will really run, with this message in its event.')
    expect(stderr).toContain('No other function in this account reads orders.')
    expect(stderr).toContain('No message waits there now.')
    const quiet = await run(['send', 'orders', '--quiet', ...more], journey)
    expect(quiet.stderr).not.toContain('will really run')
  })

  test('also where it is only shown, and nothing is sent', async () => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes'], journey)
    const { stdout } = await run(['send', 'orders', '--dry-run'], journey)
    expect(stdout).toMatch(/worker \(\$LATEST\) would really run, .*[\s\S]*Would send:/)
  })

  test('a limit that a variable sets for every command is left alone where nothing is proven', async () => {
    const journey = await startJourney()
    await journey.addQueue('plain')
    const env = { ...journey.env, SQS_TRIGGER_TIMEOUT: '5s' }
    expect((await run(['send', 'plain'], { env })).code).toBe(0)
  })

  test('of several messages the proof says which one it is about', async () => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes'], journey)
    const { stdout } = await run(['send', 'orders', '--count', '3', '--prove'], journey)
    expect(stdout).toContain('Proof strong for the first of 3 messages: the message stands')
  })

  test('nobody reads the queue', async () => {
    const journey = await startJourney()
    const { stderr } = await run(['send', 'orders'], journey)
    expect(stderr).toContain('No function in this account reads orders: nothing runs, and the message waits')
  })
})

describe('status --probe', () => {
  test('sends through the mapping, and proves it', async () => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes'], journey)
    const { code, stdout, stderr } = await run(['status', 'orders', '--probe', '--json'], journey)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).result).toMatchObject({
      mapping: { state: 'Enabled' },
      probe: { level: 'strong', functionFailed: false },
    })
    expect(stderr).toContain('worker ($LATEST) will really run')
  })

  test('a message on which the function fails ends in 9, with the status shown', async () => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes'], journey)
    const { code, stdout, stderr } = await run(['status', 'orders', '--probe', '--body', 'broken'], journey)
    expect(code).toBe(9)
    expect(stdout).toMatch(/orders → worker is Enabled[\s\S]*Failed, evidence/)
    expect(stderr).toContain('Error: this order cannot be read')
    expect(stderr).toMatch(/sqs-trigger logs [\w-]+ \\?\s+--request /)
  })

  test('nothing is sent through a mapping that is disabled', async () => {
    const journey = await startJourney()
    await run(['wire', 'orders', 'worker', '--yes', '--start-disabled'], journey)
    const { code, stdout, stderr } = await run(['status', 'orders', '--probe'], journey)
    expect(code).toBe(7)
    expect(stdout).toContain('is Disabled')
    expect(stderr).toContain('Nothing was sent.')
  })

  test('without --probe a body means nothing', async () => {
    const { code, stderr } = await run(['status', 'orders', '--body', 'x'], { env: {} })
    expect([code, stderr]).toEqual([2, expect.stringContaining('--body is the test message of --probe')])
  })
})

describe('an answer that was lost', () => {
  const sentAfter = async (effect: FaultEffect, ...words: readonly string[]) => {
    const journey = await startJourney()
    await journey.addQueue('plain')
    await journey.addQueue('plain.fifo')
    const operation = words.includes('--count') ? 'SendMessageBatch' : 'SendMessage'
    journey.faults.inject({ service: 'sqs', operation, times: 1, effect })
    const ended = await run(['send', ...words, '--json'], journey)
    expect(ended.code).toBe(0)
    const { result, warnings } = JSON.parse(ended.stdout)
    return { twice: result.messages.map((one: object) => 'perhapsTwice' in one), warnings, journey }
  }

  test('is told: the message may be there twice, and is', async () => {
    const { twice, warnings, journey } = await sentAfter({ kind: 'cut' }, 'plain')
    expect(twice).toEqual([true])
    expect(warnings).toEqual([expect.stringMatching(/^The message may have been sent twice: /)])
    expect(await received(journey, 'plain')).toHaveLength(1)
    expect(await received(journey, 'plain')).toHaveLength(1)
  })

  test('is told of a batch', async () => {
    const { twice, warnings } = await sentAfter({ kind: 'cut' }, 'plain', '--count', '2')
    expect(twice).toEqual([true, true])
    expect(warnings).toEqual([expect.stringMatching(/^The 2 messages may have been sent twice: /)])
  })

  test.each([
    ['where AWS refused the first attempt', { kind: 'throttle' }, 'plain'],
    ['where the deduplication id keeps the second out', { kind: 'cut' }, 'plain.fifo'],
  ] as const)('is not told %s', async (_, effect, queue) => {
    const { twice, warnings } = await sentAfter(effect, queue)
    expect(twice).toEqual([false])
    expect(warnings.join()).not.toMatch(/twice/)
  })
})
