using Chaperone.LoadRun;
using Chaperone.LoadRun.Growing;

return args switch
{
    ["echo", ..] => await Peers.RunEchoAsync(args[1..]),
    ["held-host", ..] => await HeldHost.RunAsync(args[1..]),
    ["held", ..] => await HeldCalls.RunAsync(args[1..]),
    ["cost", ..] => await CallCost.RunAsync(args[1..]),
    ["rooms", ..] => await RoomCost.RunAsync(args[1..]),
    ["growth", ..] => await Growth.RunAsync(args[1..]),
    ["soak", ..] => await Soak.RunAsync(args[1..]),
    ["yarp", var target, ..] => await Peers.RunYarpAsync(target, args[2..]),
    _ => await Comparison.RunAsync(args),
};
