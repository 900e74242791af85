import fc from 'fast-check';
import { effectsDueOf } from '../../src/domain/facts/effects';
import { stageWork } from '../../workflows/child-return/stages';
import { playScript, scripts } from '../domain/plays/random-play';
import { propertyRuns } from '../support/property-runs';

describe('the work of each stage', () => {
  it('covers whatever the rules may ask of the outside world in it, however the case came there', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        void playScript(script, ({ state }) => {
          if (state.stage === 'closed') return;
          const { effects } = stageWork[state.stage];
          const forgotten = effectsDueOf(state).filter(({ kind }) => !effects.includes(kind as never));
          expect({ stage: state.stage, forgotten }).toEqual({ stage: state.stage, forgotten: [] });
        });
      }),
      propertyRuns(300),
    );
  });
});
