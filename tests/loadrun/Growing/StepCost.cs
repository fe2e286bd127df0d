namespace Chaperone.LoadRun.Growing;

/// <summary>What a call costs the embedded form's process at one step: CPU in microseconds (the least of the rounds), kilobytes allocated, milliseconds; heap after a full collection, RAM, open handles.</summary>
internal sealed record StepCost(string Step, double CpuMicroseconds, double AllocatedKilobytes, double P50, double HeapMegabytes, double RamMegabytes, int Handles, int Errors);
