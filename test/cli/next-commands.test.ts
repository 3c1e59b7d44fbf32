import { expect, test } from 'vitest'
import { nextSteps } from '../../src/cli/test-message.js'
import { mapping, plan, proof, queueArn, uuid } from '../report/samples.js'

const commands = async (...given: Parameters<typeof nextSteps>) =>
  (await nextSteps(...given)).next.map(({ command }) => command)

test('what to type next repeats the flags that were typed, and nothing that the environment says', async () => {
  expect(await commands(plan, mapping, null, {})).toEqual([
    `sqs-trigger status ${uuid}`,
    'sqs-trigger send orders --prove',
    `sqs-trigger unwire ${uuid}`,
  ])
  const typed = { profile: 'my dev', region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:4566' }
  expect(await commands(plan, mapping, proof, typed)).toEqual([
    `sqs-trigger status ${uuid} --profile 'my dev' --region eu-west-1 --endpoint-url http://127.0.0.1:4566`,
    `sqs-trigger unwire ${uuid} --profile 'my dev' --region eu-west-1 --endpoint-url http://127.0.0.1:4566`,
  ])
})

test('a queue of another account is named by its ARN, because a name is looked for in your own', async () => {
  const foreign = { ...mapping, queueArn: queueArn.replace('111122223333', '999988887777') }
  expect(await commands(plan, foreign, null, {})).toContain(`sqs-trigger send ${foreign.queueArn} --prove`)
})
