import type { ExportFormat } from './export-format.js'

/** The formats by the name that `--format` takes; the first is the default. One file each. */
export const exportFormats = {
  yaml: () => import('./yaml.js'),
  cloudformation: () => import('./cloudformation.js'),
  sam: () => import('./sam.js'),
  terraform: () => import('./terraform.js'),
  cdk: () => import('./cdk.js'),
} as const satisfies Readonly<Record<string, () => Promise<{ readonly default: ExportFormat }>>>

export type ExportFormatName = keyof typeof exportFormats

// The keys of exactly this table.
export const exportFormatNames = Object.keys(exportFormats) as readonly ExportFormatName[]
