/** The policies of the stories of IAM. */
export const policy = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
})
export const polls = JSON.stringify(policy('sqs:*'))
export const PolicyArn = 'arn:aws:iam::111122223333:policy/polls'
export const inline = { PolicyName: 'inline' }
export const attached = { AttachedPolicies: [{ PolicyName: 'polls', PolicyArn }], IsTruncated: false }
