import { tellWithBoth } from './both-clients.js'
import { kmsStory } from './kms-story.js'

tellWithBoth('kms', kmsStory)
