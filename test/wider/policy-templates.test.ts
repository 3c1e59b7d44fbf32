import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cloudFormationTemplate } from '../../src/permissions/policy-template-cloudformation.js'
import { queuePolicyStatementFor } from '../../src/permissions/role-policy.js'
import { findProgram, run, sqsTrigger } from '../support/run-command.js'
import { nowhere, offline } from './policy-arguments.js'

const cfnLint = await findProgram('cfn-lint')
const terraform = await findProgram('terraform')

function file(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-policy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('policy --format', () => {
  const across = offline('aws', 'eu-west-1').map((word) =>
    /:(sqs|kms):/.test(word) ? word.replace('111122223333', '444455556666') : word,
  )

  test.skipIf(cfnLint === undefined)(
    'CloudFormation passes cfn-lint (skipped where it is not installed)',
    async () => {
      const wanted = [
        [offline('aws', 'eu-west-1', '--with', 'fix'), ['RolePolicy', 'ManagedPolicy', 'ManagedPolicy']],
        [offline('aws-cn', 'cn-north-1', '--for', 'role'), ['RolePolicy']],
        [
          offline('aws', 'eu-west-1', '--caller-arn', 'arn:aws:iam::111122223333:user/dev/ann'),
          ['RolePolicy', 'ManagedPolicy'],
        ],
      ] as const
      const templates = wanted.map(async ([args, types]) => {
        const { stdout } = await sqsTrigger([...args, '--format', 'cloudformation'], nowhere)
        expect([...stdout.matchAll(/^ {4}Type: AWS::IAM::(\w+)$/gm)].map(([, type]) => type)).toEqual(types)
        return file('template.yaml', stdout)
      })
      const queueArn = 'arn:aws:sqs:eu-west-1:444455556666:orders'
      const queue = {
        for: 'queue',
        name: 'sqs-trigger-orders',
        account: '444455556666',
        attachTo: {
          kind: 'queue',
          arn: queueArn,
          name: 'https://sqs.eu-west-1.amazonaws.com/444455556666/orders',
        },
        document: {
          Version: '2012-10-17',
          Statement: [queuePolicyStatementFor(queueArn, 'arn:aws:iam::111122223333:role/worker-role')],
        },
        complete: true,
        characters: 300,
      } as const
      templates.push(Promise.resolve(file('queue.yaml', cloudFormationTemplate([queue]))))
      // One start of it takes longer than all templates.
      const lint = await run(cfnLint ?? '', await Promise.all(templates), { env: { HOME: process.env.HOME } })
      expect(lint).toMatchObject({ code: 0, stdout: '' })
    },
  )

  test.skipIf(terraform === undefined).each([
    ['for everything', offline('aws', 'eu-west-1', '--with', 'fix')],
    ['for a role', offline('aws', 'eu-west-1', '--caller-arn', 'arn:aws:iam::111122223333:role/ci')],
    ['for the queue of another account', [...across, '--for', 'queue']],
    ['for the key of another account', [...across, '--for', 'key']],
  ])(
    'Terraform %s is as terraform fmt lays it out (skipped where it is not installed)',
    async (_what, args) => {
      const { code, stdout } = await sqsTrigger([...args, '--format', 'terraform'], nowhere)
      expect(code).toBe(0)
      const checked = await run(terraform ?? '', ['fmt', '-check', '-diff', file('main.tf', stdout)])
      expect(checked).toMatchObject({ code: 0, stdout: '' })
    },
  )

  test('a variable of IAM is none of Terraform', async () => {
    const { stdout } = await sqsTrigger(offline('aws', 'eu-west-1', '--format', 'terraform'), nowhere)
    expect(stdout).toContain('user/$${aws:username}"')
    expect(stdout).not.toMatch(/[^$]\$\{/)
  })

  test('what belongs in another account is left out, and said', async () => {
    const { stdout, stderr } = await sqsTrigger([...across, '--format', 'cloudformation'], nowhere)
    expect(stdout).not.toContain('444455556666:role')
    expect(stderr.replace(/\s+/g, ' ')).toContain('The queue is in account 444455556666')
  })

  test('a statement for a key is no resource of CloudFormation: exit 2', async () => {
    const { code, stderr } = await sqsTrigger(
      [...across, '--for', 'key', '--format', 'cloudformation'],
      nowhere,
    )
    expect(code).toBe(2)
    expect(stderr).toContain('--format json')
  })
})
