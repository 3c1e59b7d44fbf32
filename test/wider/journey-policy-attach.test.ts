import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { findProgram, run, sqsTrigger } from '../support/run-command.js'
import { nowhere, offline } from './policy-arguments.js'

const aws = await findProgram('aws')
const account = '111122223333'

/** Sentences and commands on stderr, each in one line. */
const linesOf = (stderr: string) =>
  stderr
    .replaceAll(/ \\\n +/g, ' ')
    .replaceAll(/\n {2}(?=[^ a]|a[^w])/g, ' ')
    .split('\n')
    .map((line) => line.trim())

describe('how the caller’s document reaches the caller', () => {
  test.each<readonly [who: string, arn: string | undefined, said: readonly RegExp[]]>([
    [
      'a user',
      `arn:aws:iam::${account}:user/team/ana`,
      [
        /^Saved as policy\.json, it is written and attached to user ana by:$/,
        /^aws iam create-policy --policy-name (\S+) --policy-document file:\/\/policy\.json /,
        /^aws iam attach-user-policy --user-name ana --policy-arn arn:aws:iam::111122223333:policy\/sqs-trigger-\S+-caller /,
      ],
    ],
    [
      'a role',
      `arn:aws:iam::${account}:role/ci/deployer`,
      [/^aws iam attach-role-policy --role-name deployer --policy-arn arn:aws:iam::111122223333:policy\//],
    ],
    [
      'a role of IAM Identity Center',
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef`,
      [/role of IAM Identity Center, .* inline policy of its permission set .* provision the set again\.$/],
    ],
    [
      'nobody that is known',
      undefined,
      [
        /^aws iam create-policy /,
        /^Then attach arn:aws:iam::111122223333:policy\/\S+-caller to the user or role that is to run the commands\./,
      ],
    ],
  ])('%s', async (_, arn, said) => {
    const who = arn === undefined ? [] : ['--caller-arn', arn]
    const args = offline('aws', 'eu-west-1', '--for', 'caller', ...who)
    const { code, stderr } = await sqsTrigger(args, nowhere)
    expect(code).toBe(0)
    const lines = linesOf(stderr)
    for (const one of said) expect(lines).toContainEqual(expect.stringMatching(one))
    const sso = arn?.includes('AWSReservedSSO_') === true
    expect(lines.some((line) => line.startsWith('aws '))).toBe(!sso)
  })

  test.skipIf(!aws)('as aws-cli does it, pasted', async () => {
    const journey = await startJourney()
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-policy-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const admin = {
      AWS_ACCESS_KEY_ID: journey.adminCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: journey.adminCredentials.secretAccessKey,
    }
    const caller = `arn:aws:iam::${journey.world.account}:user/developer`
    const args = ['policy', 'orders', 'worker', '--for', 'caller', '--caller-arn', caller]
    const { stdout, stderr } = await journey.run(args, { env: admin })
    writeFileSync(join(folder, 'policy.json'), stdout)
    const commands = linesOf(stderr).filter((line) => line.startsWith('aws iam '))
    expect(commands).toHaveLength(2)
    for (const command of commands) {
      const pasted = await run('sh', ['-c', command], { cwd: folder, env: { ...journey.env, ...admin } })
      expect(pasted.code, pasted.stderr).toBe(0)
    }
    const user = [...journey.world.iam.users.values()].find(({ name }) => name === 'developer')
    expect(JSON.stringify([...(user?.attached ?? [])])).toMatch(/:policy\/sqs-trigger-orders\S*-caller/)
  })
})

test('a statement for the queue that nobody needs says so', async () => {
  const args = offline('aws', 'eu-west-1', '--for', 'queue')
  const { code, stderr } = await sqsTrigger(args, nowhere)
  expect(code).toBe(0)
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    'You do not need the document for the queue: orders.fifo and worker are in one account, where the policy of the role is enough.',
  )
})

test('what is not made yet may be named: the sentence goes on', async () => {
  const journey = await startJourney()
  const { code, stderr } = await journey.run(['policy', 'nope', 'nofn'])
  expect(code).toBe(5)
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    'For one that is still to be made: give the execution role with --role-arn <arn>.',
  )
})
