import { yamlLines } from './block-yaml.js'
import { type GeneratedPolicy, parted, whose } from './policy-template.js'

/**
 * A CloudFormation template in YAML with one resource for each document. A statement for a policy that exists cannot be
 * a resource, which would replace the policy: it stands in comments.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html
 */
export function cloudFormationTemplate(policies: readonly GeneratedPolicy[]): string {
  const { whole, statements } = parted(policies)
  const template = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Resources:',
    ...whole.flatMap((policy) => [
      `  # ${whose[policy.for]}`,
      `  SqsTrigger${logicalIds[policy.for]}:`,
      ...yamlLines(resourceOf(policy)).map((line) => `    ${line}`),
    ]),
  ]
  const comments = statements.flatMap(commentOf)
  return [...(whole.length === 0 ? [] : template), ...comments].join('\n')
}

const logicalIds = {
  role: 'RolePolicy',
  caller: 'CallerPolicy',
  fix: 'FixPolicy',
  queue: 'QueuePolicy',
  key: 'KeyPolicy',
} as const

function resourceOf({ for: part, name, attachTo, document }: GeneratedPolicy) {
  switch (part) {
    case 'role':
      return {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: attachTo?.name ?? '', PolicyName: name, PolicyDocument: document },
      }
    case 'queue':
      return {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [attachTo?.name ?? ''], PolicyDocument: document },
      }
    case 'caller':
    case 'fix':
    case 'key': {
      const members =
        attachTo === null ? {} : { [attachTo.kind === 'role' ? 'Roles' : 'Users']: [attachTo.name] }
      return { Type: 'AWS::IAM::ManagedPolicy', Properties: { ...members, PolicyDocument: document } }
    }
  }
}

/** Comments, so that nobody deploys them: they belong in the policy of the resource itself. */
function commentOf({ for: part, attachTo, document }: GeneratedPolicy): readonly string[] {
  const where = attachTo === null ? '' : ` ${attachTo.arn}`
  return [
    `# ${part === 'queue' ? 'The queue: a statement to add to its policy.' : whose[part]} Never replace the policy of${where || ' it'} with it.`,
    ...document.Statement.flatMap((statement) => yamlLines([statement])).map((line) => `# ${line}`),
  ]
}
