using Chaperone.TestKit;

[assembly: AssemblyFixture(typeof(SharedRabbitMq))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
