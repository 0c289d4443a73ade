// Each test has an application and a database of its own; the machines this must be quick on have two cores.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
