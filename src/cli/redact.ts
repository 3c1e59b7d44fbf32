import type { Host } from './streams.js'

/**
 * Takes out of a text what does not belong into a report that is shown to others: whatever a variable of the
 * environment keeps secret, access keys, account ids, and the name of the home folder.
 */
export function redacted(text: string, env: Host['env']): string {
  const secrets = Object.entries(env).flatMap(([name, value]) => {
    const secret = secretName.test(name) && value !== undefined && value.length >= shortestSecret
    return secret ? [value, ...passwordsIn(value)] : []
  })
  const home = env.HOME || env.USERPROFILE || ''
  // The longest first: one may be the beginning of another.
  const known = secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '<secret>'), text)
  return (home.length > 1 ? known.replaceAll(home, '~') : known)
    .replace(accessKeyId, '<access-key>')
    .replace(/\b\d{12}\b/g, '<account>')
}

/** An address may carry one, and be told without the rest of it. */
function passwordsIn(value: string): readonly string[] {
  const password = URL.canParse(value) ? new URL(value).password : ''
  return password.length < shortestSecret ? [] : [password]
}

const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|_KEY|PRIVATE|PROXY/i
/** Below it a value is a word that stands in other places, too. */
const shortestSecret = 6

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const accessKeyId = /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g
