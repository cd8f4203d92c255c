namespace Liandong.Starting;

public static class Later
{
    /// <summary>Known to the framework's builder, which otherwise puts a second authorisation at the head of the pipeline.</summary>
    private const string AuthorizationIsSet = "__AuthorizationMiddlewareSet";

    /// <summary>
    /// A step of the pipeline that is made with the first request that gets as far. Authorisation asks for every endpoint when it is made, and
    /// making them all takes seconds in which the address should answer already.
    /// </summary>
    public static void UseLater(this IApplicationBuilder app, Action<IApplicationBuilder> use)
    {
        app.Properties[AuthorizationIsSet] = true;
        app.Use(next =>
        {
            var rest = new Lazy<RequestDelegate>(() =>
            {
                var step = app.New();
                use(step);
                step.Run(next);
                return step.Build();
            });
            return http => rest.Value(http);
        });
    }
}
