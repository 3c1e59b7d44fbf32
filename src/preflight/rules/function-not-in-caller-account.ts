import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-not-in-caller-account',
  group: 'placement',
  title: 'The function is in another account than you',
  severity: 'error',
  enforcedByAws: true,
  subject: 'function',
  needs: ['placement', 'caller'],
  why: 'A mapping belongs to the account of its function and can be created only there; the queue may be elsewhere.',
  example: { bad: { caller: { account: '444455556666' } }, good: {} },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-cross-account-example.html'],
  judge: ({ placement: { function: target }, caller }) => {
    const grounds = { observed: caller.account, expected: target.account }
    return target.account === caller.account
      ? good(`Function ${target.name} is in your account ${caller.account}.`, grounds)
      : bad({ target, account: caller.account }, grounds)
  },
  message: ({ target, account }) =>
    `Function ${target.name} is in account ${target.account}, but you call as account ${account}.`,
  fix: ({ target }) =>
    advice(`Call with credentials of account ${target.account}, e.g. with another --profile.`),
})
