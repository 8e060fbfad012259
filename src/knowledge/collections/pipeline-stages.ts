import * as z from 'zod'
import { vocabulary } from '../../core/profile.ts'
import { fact } from '../sheet.ts'

/** A stage of a pipeline, in the words of the stage table. */
export const pipelineStageFacts = {
  /** Position in the flow, ascending. */
  order: fact(z.number().int()),
  does: fact(z.string()),
  /** Stage of the product from which the pipeline has it; other rules may pull it forward. */
  fromStage: fact(z.enum(vocabulary.stage)),
  javascriptTools: fact(z.array(z.string())),
  pythonTools: fact(z.array(z.string())),
  goTools: fact(z.array(z.string())),
  /** Tools that do not depend on the language. */
  tools: fact(z.array(z.string())),
}
