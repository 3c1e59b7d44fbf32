import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMoto, type Moto, startMoto } from '../support/moto.js'
import { sqsTrigger } from '../support/run-command.js'

const moto = await findMoto()

/**
 * Another implementation of the control plane: shows that we speak the protocol, not that a check is right.
 * moto 5.2 answers 500 to the policy simulator; that has to come out as unknown, and never as a crash.
 */
describe.skipIf(!moto)(
  `against moto_server (${moto ? 'found' : 'skipped: moto_server is not on PATH'})`,
  () => {
    const region = 'us-east-1'
    const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
    let server: Moto
    let endpoint = ''
    let iam: IAMClient
    const env = () => ({ ...keys, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint })
    const json = async (...args: string[]) => {
      const ran = await sqsTrigger([...args, '--json'], { env: env() })
      return { code: ran.code, document: JSON.parse(ran.stdout) }
    }

    beforeAll(async () => {
      server = await startMoto(moto ?? '')
      endpoint = server.endpoint
      const settings = {
        region,
        endpoint,
        credentials: { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY },
      }
      const trust = {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }
      iam = new IAMClient(settings)
      const { Role } = await iam.send(
        new CreateRoleCommand({ RoleName: 'worker-role', AssumeRolePolicyDocument: JSON.stringify(trust) }),
      )
      await new LambdaClient(settings).send(
        new CreateFunctionCommand({
          FunctionName: 'worker',
          Role: Role?.Arn,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: {
            ZipFile: zipSync({ 'index.mjs': new TextEncoder().encode('export const handler = () => {}') }),
          },
        }),
      )
      await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: 'orders' }))
    })
    afterAll(() => server.stop())

    test('preflight: what moto cannot answer is unknown', async () => {
      const { code, document } = await json('preflight', 'orders', 'worker')
      expect([0, 3]).toContain(code)
      const statuses = new Map(
        document.findings.map((finding: { rule: string; status: string }) => [finding.rule, finding.status]),
      )
      expect(statuses.get('regions-differ')).toBe('pass')
      expect(statuses.get('caller-lacks-create-event-source-mapping')).toBe('unknown')
    })

    test('a role without any policy is refused, from its documents alone', async () => {
      const { code, document } = await json('wire', 'orders', 'worker', '--yes')
      expect(code).toBe(3)
      const failing = document.findings.filter((finding: { status: string }) => finding.status === 'fail')
      expect(failing.map((finding: { rule: string }) => finding.rule)).toContain('role-lacks-receive-message')
    })

    test('wire, list, status, unwire', async () => {
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: 'worker-role',
          PolicyName: 'poll',
          PolicyDocument: JSON.stringify(rolePolicy),
        }),
      )

      const wired = await json('wire', 'orders', 'worker', '--yes')
      expect(wired.code, JSON.stringify(wired.document, null, 2)).toBe(0)
      expect(wired.document.result).toMatchObject({ outcome: 'created', mapping: { state: 'Enabled' } })
      const { uuid } = wired.document.result.mapping

      const again = await json('wire', 'orders', 'worker', '--yes')
      expect(again).toMatchObject({ code: 0, document: { result: { outcome: 'unchanged' } } })

      const listed = await json('list', '--queue', 'orders')
      expect(listed.document.result.mappings.map((mapping: { uuid: string }) => mapping.uuid)).toEqual([uuid])

      const status = await json('status', uuid)
      expect(status).toMatchObject({ code: 0, document: { result: { mapping: { uuid } } } })

      const unwired = await json('unwire', uuid, '--yes')
      expect(unwired.code, JSON.stringify(unwired.document, null, 2)).toBe(0)
      expect((await json('list', '--queue', 'orders')).document.result.mappings).toEqual([])
    })
  },
)

const rolePolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'logs:*'],
      Resource: '*',
    },
  ],
}
