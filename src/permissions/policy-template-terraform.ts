import { aligned, assignment, hclLines, indented, jsonEncoded, quoted } from './hcl.js'
import { type GeneratedPolicy, parted, whose } from './policy-template.js'

/**
 * Terraform configuration with one resource for each document, laid out as `terraform fmt` does. A statement for a
 * policy that exists becomes a data source, to be merged with `source_policy_documents`: a resource would replace it.
 * https://docs.aws.amazon.com/prescriptive-guidance/latest/terraform-aws-provider-best-practices/security.html
 */
export function terraformConfiguration(policies: readonly GeneratedPolicy[]): string {
  const { whole, statements } = parted(policies)
  return [...whole.map(resourceOf), ...statements.map(localOf)].join('\n\n')
}

const names = { role: 'role', caller: 'caller', fix: 'fix', queue: 'queue', key: 'key' } as const

function resourceOf(policy: GeneratedPolicy): string {
  const { for: part, name, attachTo, document } = policy
  const comment = `# ${whose[part]}`
  switch (part) {
    case 'role':
      return block(comment, 'aws_iam_role_policy', part, { name, role: attachTo?.name ?? '' }, document)
    case 'queue':
      return block(comment, 'aws_sqs_queue_policy', part, { queue_url: attachTo?.name ?? '' }, document)
    case 'caller':
    case 'fix':
    case 'key': {
      const managed = block(comment, 'aws_iam_policy', part, { name }, document)
      if (attachTo === null) return managed
      const label = `sqs_trigger_${names[part]}`
      const kind = attachTo.kind === 'role' ? 'role' : 'user'
      const attributes = aligned([
        [kind, quoted(attachTo.name)],
        ['policy_arn', `aws_iam_policy.${label}.arn`],
      ])
      return `${managed}\n\nresource "aws_iam_${kind}_policy_attachment" "${label}" {\n${indented(attributes)}\n}`
    }
  }
}

function block(
  comment: string,
  type: string,
  part: GeneratedPolicy['for'],
  attributes: Readonly<Record<string, string>>,
  document: object,
): string {
  const lines = aligned(Object.entries(attributes).map(([key, value]) => [key, quoted(value)]))
  const body = [...lines, ...assignment('policy', jsonEncoded(document))]
  return `${comment}\nresource "${type}" "sqs_trigger_${names[part]}" {\n${indented(body)}\n}`
}

/** A local value: the statement, for whoever writes the policy of the queue or the key. */
function localOf({ for: part, attachTo, document }: GeneratedPolicy): string {
  const what = part === 'queue' ? 'The queue: a statement to add to its policy.' : whose[part]
  const of = attachTo === null ? 'it' : attachTo.arn
  const [first] = document.Statement
  const body = assignment(`sqs_trigger_${names[part]}_statement`, hclLines(first ?? {}))
  return `# ${what} Never replace the policy of ${of} with it.\nlocals {\n${indented(body)}\n}`
}
