// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates hold ${...} as AWS writes them

const mapping = 'arn:${Partition}:lambda:${Region}:${Account}:event-source-mapping:${UUID}'
const lambdaFunction = 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}'

const byAction: Readonly<Record<string, string>> = {
  'lambda:createeventsourcemapping': '*',
  'lambda:listeventsourcemappings': '*',
  'lambda:listfunctions': '*',
  'lambda:getaccountsettings': '*',
  'lambda:geteventsourcemapping': mapping,
  'lambda:updateeventsourcemapping': mapping,
  'lambda:deleteeventsourcemapping': mapping,
  'sqs:listqueues': '*',
  'logs:describeloggroups': '*',
  'kms:listaliases': '*',
  'kms:createkey': '*',
}

const byService: Readonly<Record<string, string>> = {
  sqs: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
  lambda: lambdaFunction,
  kms: 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}',
  logs: 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}',
}

/**
 * The ARN form of what an action acts on, `*` where it has none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function resourceTemplate(action: string): string {
  const name = action.toLowerCase()
  return byAction[name] ?? byService[name.split(':')[0] ?? ''] ?? '*'
}
