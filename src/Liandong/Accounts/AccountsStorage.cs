using Liandong.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<SecurityPolicy> SecurityPolicies => Set<SecurityPolicy>();
    public DbSet<MachineClient> MachineClients => Set<MachineClient>();
    public DbSet<SignInGuard> SignInGuards => Set<SignInGuard>();
    public DbSet<SignInAttempt> SignInAttempts => Set<SignInAttempt>();
    public DbSet<Session> Sessions => Set<Session>();
}

internal static class AccountsStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Ignore(a => a.HasPassword).Ignore(a => a.HasTotp).Ignore(a => a.IsDisabled);
            account.HasIndex(a => new { a.District, a.UserName }).IsUnique();
            account.HasIndex(a => new { a.District, a.Person }).IsUnique();
        });
        model.Entity<OneTimeLink>().ToTable("one_time_links").HasIndex(l => new { l.District, l.Digest }).IsUnique();
        model.Entity<SecurityPolicy>(policy =>
        {
            policy.ToTable("security_policies");
            policy.Ignore(p => p.Idle).Ignore(p => p.Longest).Ignore(p => p.Lock);
            policy.HasIndex(p => p.District).IsUnique();
        });
        model.Entity<MachineClient>(client =>
        {
            client.ToTable("machine_clients");
            client.HasIndex(c => new { c.District, c.ClientId }).IsUnique();
            client.HasIndex(c => new { c.District, c.Organ });
        });
        model.Entity<SignInGuard>(guard =>
        {
            guard.ToTable("sign_in_guards").IsTechnical();
            guard.HasKey(g => new { g.District, g.Account });
        });
        model.Entity<SignInAttempt>(attempt =>
        {
            attempt.ToTable("sign_in_attempts").IsTechnical();
            attempt.HasIndex(a => new { a.District, a.At });
            attempt.HasIndex(a => new { a.District, a.Account, a.At });
        });
        model.Entity<Session>(session =>
        {
            session.ToTable("sessions").IsTechnical();
            session.HasIndex(s => new { s.District, s.Account, s.EndedAt });
            session.HasIndex(s => new { s.District, s.Person, s.EndedAt });
        });
    }
}
