// Filled in by scripts/build.mjs. From source (tests) they do not exist: check with `typeof` first.

/** The version of package.json. */
declare const SQS_TRIGGER_VERSION: string | undefined
/** What `renderRootHelp(80)` of `root-help.ts` returned when the bundle was made. */
declare const SQS_TRIGGER_ROOT_HELP: string | undefined
/** What `completionTable()` returned then, as JSON. */
declare const SQS_TRIGGER_COMPLETIONS: string | undefined
