"""How fast whole articles are read, where the time goes, and whether memory stays flat: `python -m bench.extract`.

The articles are our own: paragraphs of the seed corpus in an order of their own for each article, with people and
figures made up in between, so that nothing that is kept for each new name or number can hide. Every process loads its
own lexicon and model, as a worker of a run does; what it measures begins after its first article.

- Pace: two processes side by side on two cores, medians of rounds. Beside the clock's pace stands that of processor
  time, which a busy machine disturbs less.
- Stages: the time that each room of `newsledger/extract` takes itself; what it has other rooms do counts as theirs.
- Memory (`--memory 10000`): what one process holds after every thousandth article.
"""
